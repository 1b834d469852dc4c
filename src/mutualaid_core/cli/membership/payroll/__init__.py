"""Payroll (工资代扣) from the command line: consents of workers, and lists judged by them."""
