"""One file per port: the only room besides web/ that imports a vendor."""
