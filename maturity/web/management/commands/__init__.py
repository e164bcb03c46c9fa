"""Commands of the base.

serve        web processes and worker, restarted when they end, until stopped
run_worker   background jobs, through failures of the database
"""
