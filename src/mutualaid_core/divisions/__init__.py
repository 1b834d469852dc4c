"""Division codes (行政区划代码) as data: one CSV, each row with its days, its source and how sure it is.

``gbt2260.csv`` holds every province, the prefectures of Hunan, Guangdong and Shaanxi, and the
counties of Changsha and Shaoyang, from 2003 on. It is no full table and none is claimed to be
in force today: ``seen_to`` says up to which day the source shows a row. A full table in the
same form is read by ``intake.membership.divisions.read_divisions``.
"""
