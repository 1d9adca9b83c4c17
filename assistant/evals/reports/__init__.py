"""Results and the gate's word -> summary.md, junit.xml, report.html, a table on the terminal."""
