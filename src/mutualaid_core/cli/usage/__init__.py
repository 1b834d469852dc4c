"""Use of the command line (命令行用法): help and mistakes in Chinese, and files that stay as they are."""
