import { createHash, createHmac } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

type Keys = { accessKeyId: string; secretAccessKey: string }

/**
 * Checks AWS's Signature Version 4 of a request with the bytes it carries.
 *
 * @returns what S3 would answer to a wrong one
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signatureFault(
  request: IncomingMessage,
  bytes: Buffer,
  { accessKeyId, secretAccessKey }: Keys,
): { status: number; code: string } | undefined {
  const { headers } = request
  const said =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    )
  if (said === null) return { status: 403, code: 'AccessDenied' }
  const [, keyId, day = '', region = '', signedHeaders = '', signature] = said
  if (keyId !== accessKeyId) return { status: 403, code: 'InvalidAccessKeyId' }
  const hash = sha256(bytes)
  if (headers['x-amz-content-sha256'] !== hash) {
    return { status: 400, code: 'XAmzContentSHA256Mismatch' }
  }
  const url = new URL(request.url ?? '', 'http://x')
  const canonical = [
    request.method,
    url.pathname,
    canonicalQuery(url),
    ...signedHeaders.split(';').map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    signedHeaders,
    hash,
  ].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const toSign = [
    'AWS4-HMAC-SHA256',
    headers['x-amz-date'],
    scope,
    sha256(Buffer.from(canonical)),
  ].join('\n')
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${secretAccessKey}`,
  )
  const expected = createHmac('sha256', key).update(toSign).digest('hex')
  return expected === signature ? undefined : { status: 403, code: 'SignatureDoesNotMatch' }
}

function canonicalQuery(url: URL): string {
  return [...url.searchParams]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
    .join('&')
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
