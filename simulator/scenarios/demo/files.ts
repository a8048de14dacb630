import { makePdf } from '../../media/pdf.ts'
import { jpegOf } from '../../media/picture.ts'
import type { PdfName, PhotoName } from './script.ts'

const drawings: Record<PhotoName, string> = {
  dentedParcel: `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="720">
    <defs>
      <linearGradient id="wall" x2="0" y2="1"><stop stop-color="#cfd3cf"/><stop offset="1" stop-color="#b4b8b2"/></linearGradient>
      <linearGradient id="floor" x2="0" y2="1"><stop stop-color="#8a7a66"/><stop offset="1" stop-color="#6d5f4e"/></linearGradient>
    </defs>
    <rect width="960" height="470" fill="url(#wall)"/><rect y="470" width="960" height="250" fill="url(#floor)"/>
    <ellipse cx="490" cy="610" rx="330" ry="34" fill="#00000055"/>
    <path d="M220 300 L520 250 L770 320 L470 385 Z" fill="#d8b98a"/>
    <path d="M220 300 L470 385 L468 610 L236 520 Z" fill="#c49f6c"/>
    <path d="M470 385 L770 320 L752 545 L468 610 Z" fill="#a98555"/>
    <path d="M350 278 L610 350 L640 343 L382 273 Z" fill="#eadfc8"/>
    <path d="M470 385 L560 366 L596 420 L548 472 L480 486 L469 450 Z" fill="#6f5233"/>
    <path d="M486 400 L552 386 L574 422 L540 456 L492 464 Z" fill="#2d2118"/>
    <path d="M560 366 L612 392 L596 420 M548 472 L600 486 M480 486 L474 540" stroke="#5a4228" stroke-width="5" fill="none"/>
    <rect x="270" y="400" width="120" height="74" transform="skewY(18) translate(0 -96)" fill="#f4f1ea"/>
    <path d="M282 395 v44 M292 398 v44 M298 400 v44 M310 404 v44 M318 406 v44 M334 412 v44 M340 414 v44 M356 419 v44" stroke="#222" stroke-width="4"/>
  </svg>`,
  typePlate: `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="640" font-family="DejaVu Sans, Arial, sans-serif">
    <rect width="900" height="640" fill="#4c5a52"/>
    <rect x="90" y="90" width="720" height="460" rx="18" fill="#c9ccca" stroke="#8d918f" stroke-width="6"/>
    <circle cx="122" cy="122" r="12" fill="#7d817f"/><circle cx="778" cy="122" r="12" fill="#7d817f"/>
    <circle cx="122" cy="518" r="12" fill="#7d817f"/><circle cx="778" cy="518" r="12" fill="#7d817f"/>
    <text x="160" y="190" font-size="54" font-weight="bold" fill="#22282a">NORDWERK</text>
    <path d="M160 214 H740" stroke="#22282a" stroke-width="3"/>
    <g font-size="34" fill="#22282a">
      <text x="160" y="278">Typ</text><text x="400" y="278">VP 400-M</text>
      <text x="160" y="336">Nr.</text><text x="400" y="336">2008 114 5520</text>
      <text x="160" y="394">Baujahr</text><text x="400" y="394">2008</text>
      <text x="160" y="452">Leistung</text><text x="400" y="452">1,5 kW  400 V</text>
      <text x="160" y="510">Abscheider</text><text x="400" y="510">17-0092</text>
    </g>
  </svg>`,
}

const papers: Record<PdfName, { fileName: string; lines: string[] }> = {
  orderConfirmation: {
    fileName: 'Bestellbestaetigung.pdf',
    lines: [
      'Bestellbestätigung 4711-0183',
      '',
      'Nordwerk GmbH, Ausschläger Weg 41, 20537 Hamburg',
      '',
      'Dörte Müller-Lüdenscheidt',
      'Große Bleichen 12',
      '20354 Hamburg',
      '',
      '1 x Umwälzpumpe NU 25-60                         129,90 EUR',
      'Versand                                             inklusive',
      '',
      'Vielen Dank für Ihre Bestellung.',
    ],
  },
  invoice: {
    fileName: 'Rechnung RE-2026-11873.pdf',
    lines: [
      'Rechnung RE-2026-11873',
      '',
      'Nordwerk GmbH, Ausschläger Weg 41, 20537 Hamburg',
      '',
      'Jürgen Fischer',
      'Elbchaussee 214',
      '22605 Hamburg',
      '',
      'Jährliche Wartung, Anlage NH 18                  180,00 EUR',
      'Umsatzsteuer 19 %                                 34,20 EUR',
      'Gesamtbetrag                                     214,20 EUR',
      '',
      'Zahlbar innerhalb von 14 Tagen.',
    ],
  },
}

export type DemoFile = {
  kind: 'image' | 'document'
  mimeType: string
  bytes: Buffer
  fileName?: string
}

export async function photo(name: PhotoName): Promise<DemoFile> {
  return { kind: 'image', mimeType: 'image/jpeg', bytes: await jpegOf(drawings[name]) }
}

export function pdf(name: PdfName): DemoFile {
  const { fileName, lines } = papers[name]
  return { kind: 'document', mimeType: 'application/pdf', bytes: makePdf(lines), fileName }
}
