"""convviz makes convolution and convolutional networks visible."""

__version__ = "0.1.0"
