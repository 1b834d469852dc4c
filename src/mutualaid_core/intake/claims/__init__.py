"""Files of claims, members and prior use (补助申请、参保人员与已用限额), as a scheme asks for them."""
