"""The same report for other places: one file for the phone, paper, a workbook."""
