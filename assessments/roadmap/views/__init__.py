"""Pages: roadmap.

board      the roadmap board: what is suggested, and what an organisation decided to do
calendar   their days for anybody's calendar: as a file, or at a secret address
own_steps  the steps one owns, and the mails about them
step_rows  steps as the board shows them, drawn once in each process
workload   how much work they are, month by month
"""
