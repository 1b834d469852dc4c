"""Fund accounts, ledger, payments and reserves."""
