"""Somebody who can write the file of a database lets another person have voided the invoice."""

import sqlite3
import sys

database = sqlite3.connect(sys.argv[1])
database.execute("DROP TRIGGER events_no_update")
database.execute("UPDATE events SET text = replace(text, 'qian', 'feng') WHERE ref = 'JC-261012-001' AND action = 'void_invoice'")
database.commit()
