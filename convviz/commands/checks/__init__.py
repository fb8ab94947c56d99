"""What ``convviz selfcheck`` looks at, each against numbers that are known beforehand."""
