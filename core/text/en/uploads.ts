export const uploads = {
  waiting: 'Waiting for upload',
  progress: 'Uploading, {{percent}} %',
  serverFull: 'Waiting for upload: the server’s storage is full.',
  refused: 'Not uploaded: {{reason}}',
  takeBack: 'Take back',
}
