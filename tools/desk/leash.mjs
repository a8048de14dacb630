// Loaded into a child before its own code: it stops in good order when its parent is gone, however that went.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
