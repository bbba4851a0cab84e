// Serves dynalite on a free port, says where, and ends with its parent: when that is gone, however it went, stdin ends.
const server = require('dynalite')({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 })

server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`))

process.stdin.on('end', () => process.exit(0)).on('error', () => process.exit(0)).resume()
