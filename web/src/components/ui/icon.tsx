/** The portals' own icons: 24 × 24, drawn with the text colour, silent for screen readers. */
import type { ReactNode } from 'react'

const drawings = {
  alert: <path d="M12 4 2.8 19.5h18.4L12 4ZM12 10v4.5M12 17.2v.1" />,
  apps: <path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h6v6h-6z" />,
  arrowDown: <path d="M12 5v14M6 13l6 6 6-6" />,
  arrowLeft: <path d="M19 12H5M11 6l-6 6 6 6" />,
  arrowUp: <path d="M12 19V5M6 11l6-6 6 6" />,
  ban: <path d="M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18ZM5.7 5.7l12.6 12.6" />,
  bolt: <path d="M13 3 5 14h6l-1 7 8-11h-6l1-7Z" />,
  calendar: <path d="M5 6h14v14H5zM8 3v4M16 3v4M5 10.5h14" />,
  chart: <path d="M4 20h16M7 20v-6M12 20V6M17 20v-9" />,
  check: <path d="m5 12.5 4.5 4.5L19 7.5" />,
  checks: <path d="m3 12.5 4.5 4.5L16 8M12 16.5l1 .5L21.5 8" />,
  chevronDown: <path d="m6 9.5 6 6 6-6" />,
  chevronRight: <path d="m9.5 6 6 6-6 6" />,
  clock: <path d="M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18ZM12 7.5V12l3 2" />,
  copy: <path d="M8.5 8.5H20V20H8.5zM15.5 8.5V4H4v11.5h4.5" />,
  dots: <path d="M12 5.5v.1M12 12v.1M12 18.5v.1" strokeWidth="3" />,
  download: <path d="M12 4v11M7 10.5l5 5 5-5M4.5 20h15" />,
  external: <path d="M13.5 4.5h6v6M19.5 4.5l-9 9M10 6H5v13h13v-5" />,
  filter: <path d="M4 6h16M7 12h10M10.5 18h3" />,
  flow: (
    <path d="M6 3.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5ZM18 15.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5ZM6 8.5V15a3 3 0 0 0 3 3h6.5M18 15.5V9a3 3 0 0 0-3-3H8.5" />
  ),
  gate: <path d="M5 20v-8a7 7 0 0 1 14 0v8M3.5 20h5.3M15.2 20h5.3M8.8 20v-7.5a3.2 3.2 0 0 1 6.4 0V20" />,
  help: <path d="M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18ZM9.5 9.6a2.5 2.5 0 1 1 3.6 2.2c-.7.4-1.1.9-1.1 1.7M12 16.6v.1" />,
  hourglass: <path d="M7 3.5h10M7 20.5h10M8 3.5V7l4 5-4 5v3.5M16 3.5V7l-4 5 4 5v3.5" />,
  inbox: <path d="M4 13 6.5 5h11L20 13v6H4v-6ZM4 13h4.5l1.5 2.5h4l1.5-2.5H20" />,
  info: <path d="M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18ZM12 11v5.5M12 7.7v.1" />,
  key: <path d="M8 12a4 4 0 1 1 0 8 4 4 0 0 1 0-8ZM11 13l8.5-8.5M16 8l3 3" />,
  keyboard: <path d="M3 6.5h18v11H3zM7 10v.1M10.3 10v.1M13.6 10v.1M17 10v.1M8 14h8" />,
  list: <path d="M9 6h11M9 12h11M9 18h11M4.5 6v.1M4.5 12v.1M4.5 18v.1" />,
  mail: <path d="M3.5 6h17v12h-17zM4 6.5l8 6.5 8-6.5" />,
  minus: <path d="M5 12h14" />,
  moon: <path d="M20 14.5A8.3 8.3 0 0 1 9.5 4 8.3 8.3 0 1 0 20 14.5Z" />,
  pencil: <path d="m4.5 19.5.9-4.1L16 4.8l3.2 3.2L8.6 18.6l-4.1.9ZM13.5 7.3l3.2 3.2" />,
  plus: <path d="M12 5v14M5 12h14" />,
  refresh: <path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3M19.5 3.5v4h-4" />,
  search: <path d="M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM15.3 15.3 20 20" />,
  settings: (
    <path d="M4 7h9M17 7h3M15 4.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5ZM4 17h3M11 17h9M9 14.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5Z" />
  ),
  shield: <path d="M12 3.5 5 6v5.5c0 4.3 2.9 7.3 7 9 4.1-1.7 7-4.7 7-9V6l-7-2.5ZM9 12l2.2 2.2L15.2 10" />,
  signOut: <path d="M13 4.5H5v15h8M10 12h10M16.5 8.5 20 12l-3.5 3.5" />,
  skip: <path d="M5 6l7 6-7 6V6ZM17 6v12" />,
  sun: (
    <path d="M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4" />
  ),
  system: <path d="M3.5 5h17v11h-17zM9 20h6M12 16v4" />,
  trash: <path d="M4.5 7h15M9 7V4.5h6V7M6.5 7l1 13h9l1-13M10 11v5.5M14 11v5.5" />,
  user: <path d="M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8ZM4.5 20c.8-3.5 3.8-5.5 7.5-5.5s6.7 2 7.5 5.5" />,
  users: (
    <path d="M9 5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7ZM2.5 19.5c.6-3.2 3.2-5 6.5-5s5.9 1.8 6.5 5M15.5 5.3a3.5 3.5 0 0 1 0 6.4M17.5 14.8c2.2.7 3.6 2.3 4 4.7" />
  ),
  wifiOff: <path d="M4 4l16 16M9.5 14.5a4 4 0 0 1 5 0M6 11a9 9 0 0 1 3.5-2M14 8.8A9 9 0 0 1 18 11M12 18.5v.1" />,
  x: <path d="M6 6l12 12M18 6 6 18" />,
} as const satisfies Record<string, ReactNode>

export type IconName = keyof typeof drawings

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {drawings[name]}
    </svg>
  )
}
