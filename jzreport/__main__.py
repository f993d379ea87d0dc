"""`python -m jzreport`."""

from jzreport.cli import main

main()
