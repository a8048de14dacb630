/** A file on its way to the server. */
export const uploads = {
  waiting: 'Wartet auf den Upload',
  progress: 'Wird hochgeladen, {{percent}} %',
  serverFull: 'Wartet auf den Upload: Der Speicher des Servers ist voll.',
  refused: 'Nicht hochgeladen: {{reason}}',
  takeBack: 'Zurücknehmen',
} as const
