/** What customers photograph, drawn: light, floor and things as a phone sees them. 960 by 720. */
export const drawings = {
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
  display: `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="720" font-family="DejaVu Sans, Arial, sans-serif">
    <defs><linearGradient id="shell" x2="0" y2="1"><stop stop-color="#eceeed"/><stop offset="1" stop-color="#c8ccca"/></linearGradient></defs>
    <rect width="960" height="720" fill="#9aa19d"/>
    <rect x="120" y="60" width="720" height="600" rx="36" fill="url(#shell)"/>
    <text x="180" y="140" font-size="34" font-weight="bold" fill="#3b4446">NORDWERK</text><text x="700" y="140" font-size="28" fill="#6c7476">NH 18</text>
    <rect x="180" y="180" width="600" height="270" rx="14" fill="#1d2a26"/>
    <text x="220" y="250" font-size="34" fill="#9fd8b4">Vorlauf 24 °C</text><text x="560" y="250" font-size="34" fill="#9fd8b4">06:42</text>
    <text x="220" y="360" font-size="104" font-weight="bold" fill="#ff9c6b">E17</text>
    <text x="470" y="330" font-size="36" fill="#ff9c6b">Verdichter</text><text x="470" y="378" font-size="36" fill="#ff9c6b">gesperrt</text>
    <text x="220" y="425" font-size="26" fill="#6fa685">Service: 040 66969 118</text>
    <circle cx="300" cy="550" r="46" fill="#b7bcba"/><circle cx="480" cy="550" r="46" fill="#b7bcba"/><circle cx="660" cy="550" r="46" fill="#c2412f"/>
    <path d="M284 550 h32 M480 534 v32 M464 550 h32" stroke="#4a5254" stroke-width="8"/>
    <path d="M140 80 L520 80 L360 640 L140 640 Z" fill="#ffffff22"/>
  </svg>`,
  gauge: `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="720" font-family="DejaVu Sans, Arial, sans-serif">
    <rect width="960" height="720" fill="#6f665b"/><rect y="470" width="960" height="90" fill="#b97a45"/><rect y="482" width="960" height="16" fill="#d9a06c"/>
    <rect x="440" y="400" width="80" height="110" fill="#8f5c33"/>
    <circle cx="480" cy="300" r="230" fill="#2c3032"/><circle cx="480" cy="300" r="204" fill="#f3f1ea"/>
    <path d="M336 444 A204 204 0 0 1 300 210" fill="none" stroke="#c2412f" stroke-width="22"/><path d="M330 164 A204 204 0 0 1 630 164" fill="none" stroke="#3f8a55" stroke-width="22"/>
    <g font-size="34" fill="#22282a"><text x="350" y="420">0</text><text x="320" y="290">1</text><text x="400" y="190">2</text><text x="530" y="190">3</text><text x="610" y="290">4</text><text x="440" y="400">bar</text></g>
    <path d="M480 300 L340 345" stroke="#22282a" stroke-width="12" stroke-linecap="round"/><circle cx="480" cy="300" r="22" fill="#22282a"/>
    <path d="M320 180 Q420 90 560 110 L520 160 Q420 150 360 220 Z" fill="#ffffff55"/>
  </svg>`,
  seal: `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="720" font-family="DejaVu Sans, Arial, sans-serif">
    <rect width="960" height="720" fill="#b9b2a3"/><path d="M0 0 H960 V180 Q480 230 0 160 Z" fill="#c6c0b2"/>
    <circle cx="330" cy="330" r="170" fill="none" stroke="#23201d" stroke-width="44"/><circle cx="690" cy="330" r="132" fill="none" stroke="#2a2724" stroke-width="34"/>
    <path d="M452 216 l26 -16 m-10 34 l28 -8" stroke="#8b8274" stroke-width="10"/>
    <rect x="90" y="560" width="780" height="86" fill="#e5cf8f"/>
    <path d="${Array.from({ length: 27 }, (_, at) => `M${105 + at * 28} 560 v${at % 5 === 0 ? 44 : 26}`).join(' ')}" stroke="#4b4025" stroke-width="4"/>
    <g font-size="26" fill="#4b4025"><text x="98" y="636">0</text><text x="238" y="636">5</text><text x="372" y="636">10</text><text x="512" y="636">15</text><text x="652" y="636">20</text><text x="792" y="636">25</text></g>
  </svg>`,
  leak: `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="720">
    <rect width="960" height="440" fill="#d4d0c6"/><rect y="440" width="960" height="280" fill="#8b8d8a"/>
    <path d="M0 520 H960 M0 610 H960 M180 440 L80 720 M420 440 L390 720 M660 440 L720 720 M860 440 L960 640" stroke="#767875" stroke-width="4"/>
    <rect x="250" y="90" width="300" height="330" rx="20" fill="#eef0ef" stroke="#b9bdbb" stroke-width="5"/><rect x="300" y="140" width="200" height="80" rx="8" fill="#24302c"/>
    <rect x="320" y="420" width="34" height="70" fill="#c58b54"/><rect x="440" y="420" width="34" height="70" fill="#c58b54"/><rect x="428" y="446" width="58" height="26" fill="#8f6238"/>
    <path d="M457 478 q-14 24 0 34 q14 -10 0 -34" fill="#6fa9cf"/>
    <ellipse cx="500" cy="600" rx="330" ry="70" fill="#5d87a6aa"/><ellipse cx="470" cy="585" rx="210" ry="36" fill="#8fb6d0aa"/><path d="M380 574 q60 -20 130 -6" stroke="#e6f2fa" stroke-width="8" fill="none"/>
    <path d="M700 440 h150 v-16 q0 -30 -60 -34 q-80 -6 -90 50" fill="#c9b65a"/>
  </svg>`,
  doorstep: `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="720">
    <rect width="960" height="720" fill="#a8543c"/><path d="${Array.from({ length: 9 }, (_, at) => `M0 ${40 + at * 64} H960`).join(' ')}" stroke="#914630" stroke-width="6"/>
    <rect x="310" y="0" width="340" height="560" fill="#e9e6dd"/><rect x="340" y="0" width="280" height="545" fill="#2f5145"/><rect x="380" y="40" width="200" height="190" fill="#9fb6b4"/><circle cx="594" cy="330" r="13" fill="#d8c48a"/>
    <rect y="560" width="960" height="160" fill="#8f8b84"/><rect x="270" y="545" width="420" height="40" fill="#b7b3aa"/>
    <path d="M420 430 h220 v140 h-220 Z" fill="#c49f6c"/><path d="M420 430 l40 -34 h220 l-40 34 Z" fill="#dcbd8e"/><path d="M640 430 l40 -34 v136 l-40 38 Z" fill="#a98555"/><path d="M510 430 h40 v140 h-40 Z" fill="#eadfc8"/>
    <rect x="440" y="486" width="56" height="44" fill="#f4f1ea"/><path d="M760 560 q-30 -160 20 -240 q70 90 30 240 Z" fill="#476b3c"/><rect x="745" y="540" width="80" height="76" fill="#7d4f36"/>
  </svg>`,
  pallet: `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="720">
    <rect width="960" height="450" fill="#bcc3c7"/><rect x="560" width="400" height="450" fill="#8b959b"/><path d="M560 60 H960 M560 130 H960 M560 200 H960 M560 270 H960 M560 340 H960" stroke="#7a848a" stroke-width="5"/><rect y="450" width="960" height="270" fill="#7c7a75"/>
    <g fill="#c49f6c" stroke="#8d6d42" stroke-width="4"><rect x="220" y="200" width="150" height="120"/><rect x="370" y="200" width="150" height="120"/><rect x="520" y="200" width="150" height="120"/><rect x="220" y="320" width="150" height="120"/><rect x="370" y="320" width="150" height="120"/><rect x="520" y="320" width="150" height="120"/><rect x="220" y="440" width="150" height="110"/><rect x="370" y="440" width="150" height="110"/><rect x="520" y="440" width="150" height="110"/></g>
    <path d="M215 195 h460 v360 h-460 Z" fill="#dfe9ef55" stroke="#eef4f7" stroke-width="3"/><path d="M215 260 L675 230 M215 380 L675 350 M215 500 L675 470" stroke="#f5f9fb88" stroke-width="10"/>
    <g fill="#b08a55"><rect x="200" y="556" width="490" height="20"/><rect x="210" y="576" width="60" height="40"/><rect x="415" y="576" width="60" height="40"/><rect x="620" y="576" width="60" height="40"/><rect x="200" y="616" width="490" height="18"/></g>
    <rect x="395" y="350" width="110" height="76" fill="#f7f5ef"/><path d="M408 366 h84 M408 384 h60 M408 402 h72" stroke="#555" stroke-width="6"/>
  </svg>`,
  pump: `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="720" font-family="DejaVu Sans, Arial, sans-serif">
    <rect width="960" height="720" fill="#d8d5cc"/><rect y="620" width="960" height="100" fill="#77736b"/>
    <rect x="0" y="330" width="960" height="64" fill="#b97a45"/><rect x="0" y="340" width="960" height="12" fill="#dba877"/><rect x="210" y="306" width="60" height="112" fill="#8f5c33"/><rect x="690" y="306" width="60" height="112" fill="#8f5c33"/>
    <circle cx="480" cy="362" r="150" fill="#2f5d50"/><circle cx="480" cy="362" r="112" fill="#3c7464"/><rect x="400" y="250" width="160" height="224" rx="22" fill="#23302c"/>
    <text x="424" y="330" font-size="30" fill="#e8eeec">NU 25-60</text><circle cx="480" cy="400" r="34" fill="#e8eeec"/><path d="M480 400 L500 378" stroke="#23302c" stroke-width="8"/>
    <path d="M560 300 Q660 220 640 80" stroke="#1c1c1c" stroke-width="14" fill="none"/><path d="M250 420 q-8 30 6 50" stroke="#7f9fb2" stroke-width="8" fill="none"/>
  </svg>`,
} as const

/** Stickers, 512 by 512. */
export const stickers = {
  thanks: `<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512" font-family="DejaVu Sans, Arial, sans-serif">
    <circle cx="256" cy="220" r="170" fill="#ffcf4a" stroke="#fff" stroke-width="18"/>
    <path d="M170 190 q20 -26 40 0 M302 190 q20 -26 40 0" fill="none" stroke="#3a2c12" stroke-width="16" stroke-linecap="round"/><path d="M166 250 Q256 350 346 250" fill="none" stroke="#3a2c12" stroke-width="18" stroke-linecap="round"/>
    <rect x="86" y="380" width="340" height="96" rx="48" fill="#0b5c6b" stroke="#fff" stroke-width="12"/><text x="256" y="446" font-size="58" font-weight="bold" text-anchor="middle" fill="#fff">DANKE</text>
  </svg>`,
  wrench: `<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512">
    <g transform="rotate(42 256 256)"><path d="M216 40 v96 l40 30 l40 -30 v-96 q70 40 60 130 q-6 46 -50 74 v200 q0 34 -50 34 q-50 0 -50 -34 v-200 q-44 -28 -50 -74 q-10 -90 60 -130 Z" fill="#8fa3ad" stroke="#fff" stroke-width="16"/><circle cx="256" cy="426" r="20" fill="#fff"/></g>
    <circle cx="380" cy="390" r="86" fill="#4aa56a" stroke="#fff" stroke-width="14"/><path d="M340 392 l30 32 l54 -66" fill="none" stroke="#fff" stroke-width="20" stroke-linecap="round" stroke-linejoin="round"/>
  </svg>`,
} as const
