"""What people send, cleaned to its final type: answering.

answer    one changed field, as a script sends it, or a whole page, as a browser without script
claim     where to keep what was started without an account
mail      where to send a link
workbook  a filled-in workbook, as it is sent
"""
