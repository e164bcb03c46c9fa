"""Commands of the base.

serve        web processes and worker, until stopped
"""
