"""Suite files to cases, or to lines that say what to change and where."""
