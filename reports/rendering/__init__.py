"""A process of its own makes PDF files, limited in time and memory.

server   the render process: keeps fonts and styles loaded, forks once for every file
client   starts the render process, hands it a document, gets the file or the reason why not
look          PURE. How a workspace's look travels to the process that renders
pdf           HTML in, bytes out: WeasyPrint's only home

Each file is made by a fresh fork of a warm process, so that nothing is kept from one to the next:
memory stays constant, and a render that is stopped at a limit harms nobody.
"""
