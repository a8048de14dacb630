import tls from 'node:tls'

/** Node 22.19 and 24.5 know these; the types of Node 20 do not. */
type SystemTrust = {
  rootCertificates: readonly string[]
  getCACertificates?(kind: 'default' | 'system'): string[]
  setDefaultCACertificates?(certificates: string[]): void
}

/**
 * Trusts what this computer's owner trusts, so that a server with a certificate of the firm's own authority works.
 * On a runtime that cannot ask the system, Node's own list stays.
 */
export function trustSystemCertificates(trust = tls as SystemTrust): void {
  if (!trust.getCACertificates || !trust.setDefaultCACertificates) return
  const certificates = [...trust.getCACertificates('default'), ...trust.getCACertificates('system')]
  trust.setDefaultCACertificates([...new Set(certificates)])
}
