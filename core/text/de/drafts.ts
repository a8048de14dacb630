export const drafts = {
  'from-own': 'Entwurf von diesem Gerät, {{time}}',
  'from-windows': 'Entwurf vom Windows-Rechner, {{time}}',
  'from-mac': 'Entwurf vom Mac, {{time}}',
  'from-linux': 'Entwurf vom Linux-Rechner, {{time}}',
  'from-browser': 'Entwurf aus dem Browser, {{time}}',
  look: 'Ansehen',
  discard: 'Verwerfen',
} as const
