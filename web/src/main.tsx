import './app/trusted-types.ts'
import { createRoot } from 'react-dom/client'
import './theme/mantine.css'
import './theme/app.css'
import { App } from './app/app.tsx'
import { startI18n } from './i18n/i18n.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
await startI18n()
createRoot(root).render(<App />)
