/** Colours, sizes and defaults of both portals. The variables below are what keeps text at WCAG AA contrast. */
import { type CSSVariablesResolver, createTheme } from '@mantine/core'

const lightTextOfBright = new Set(['orange', 'green', 'yellow', 'lime', 'teal', 'cyan'])

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 8 },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.5rem' }, h2: { fontSize: '1.125rem' }, h3: { fontSize: '1rem' } },
  },
  colors: {
    dark: [
      '#d6d9df',
      '#b6bbc4',
      '#8b919d',
      '#6a707c',
      '#474c57',
      '#373c46',
      '#2a2e37',
      '#1b1e24',
      '#15171c',
      '#0f1115',
    ],
  },
  // By name, not by `Modal.extend`: the theme is in the entry, and would bring them all with it.
  components: {
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    // Words as they are written, never cut short.
    Badge: {
      defaultProps: { tt: 'none', fw: 600, radius: 'sm', miw: 'max-content', style: { verticalAlign: 'middle' } },
    },
    Button: { defaultProps: { size: 'sm' } },
    Loader: { defaultProps: { type: 'dots' } },
    // A dialog's header is no banner of the page.
    Drawer: { defaultProps: { attributes: { header: { role: 'presentation' } } } },
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, portalProps: { target: '#main' } } },
    Modal: {
      defaultProps: {
        centered: true,
        radius: 'lg',
        overlayProps: { backgroundOpacity: 0.45 },
        attributes: { header: { role: 'presentation' } },
        styles: { title: { fontWeight: 650 } },
      },
    },
    Tooltip: { defaultProps: { events: { hover: true, focus: true, touch: true }, withinPortal: true } },
  },
})

export const cssVariablesResolver: CSSVariablesResolver = (resolved) => {
  const names = Object.keys(resolved.colors).filter((name) => name !== 'dark')
  const light: Record<string, string> = {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-7)',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    '--mantine-color-anchor': 'var(--mantine-color-indigo-8)',
    '--gh-surface': 'var(--mantine-color-gray-0)',
    '--gh-line': 'var(--mantine-color-gray-3)',
  }
  const dark: Record<string, string> = {
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-1)',
    '--mantine-color-dark-2': 'var(--mantine-color-dark-1)',
    '--mantine-color-error': 'var(--mantine-color-red-3)',
    '--mantine-color-anchor': 'var(--mantine-color-indigo-3)',
    '--gh-surface': 'var(--mantine-color-dark-8)',
    '--gh-line': 'var(--mantine-color-dark-5)',
  }
  for (const name of names) {
    const deepest = `var(--mantine-color-${name}-9)`
    light[`--mantine-color-${name}-light-color`] = lightTextOfBright.has(name)
      ? `color-mix(in srgb, ${deepest}, black 40%)`
      : deepest
    dark[`--mantine-color-${name}-light`] =
      `color-mix(in srgb, var(--mantine-color-${name}-8) 24%, var(--mantine-color-body))`
    dark[`--mantine-color-${name}-light-color`] = `var(--mantine-color-${name}-1)`
  }
  return { variables: {}, light, dark }
}
