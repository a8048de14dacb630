import { contextBridge, ipcRenderer } from 'electron'
import type { Reply, Wire } from '../../core/contract/client.ts'

/** The desktop wire. It names no method: what may be asked is decided, and checked, by the host. */
const wire: Wire = {
  request: (method, input) => ipcRenderer.invoke('request', method, input) as Promise<Reply>, // what main/ipc.ts answers
  subscribe(signal, listener) {
    const heard = (_event: unknown, name: string, data: unknown) => {
      if (name === signal) listener(data)
    }
    ipcRenderer.on('signal', heard)
    return () => {
      ipcRenderer.off('signal', heard)
    }
  },
}

contextBridge.exposeInMainWorld('wire', wire)
