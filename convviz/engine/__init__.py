"""The numbers of :mod:`convviz.core`, fast; torch is imported inside functions only."""
