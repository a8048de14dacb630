export const drafts = {
  'from-own': 'Draft from this device, {{time}}',
  'from-windows': 'Draft from the Windows computer, {{time}}',
  'from-mac': 'Draft from the Mac, {{time}}',
  'from-linux': 'Draft from the Linux computer, {{time}}',
  'from-browser': 'Draft from the browser, {{time}}',
  look: 'Show',
  discard: 'Discard',
} as const
