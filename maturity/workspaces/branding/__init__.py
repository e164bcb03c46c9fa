"""Logo, colours and footer text of a workspace's reports.

urls      addresses of its pages
views     how a workspace's reports look
forms     logo, colours and footer of reports
services  set and take away a workspace's look on its reports
queries   how a workspace's reports look
colours   PURE: a workspace's look on its reports, and which colours can be read
"""
