"""What ``convviz bench`` measures: one module for each promise about speed, memory and start."""
