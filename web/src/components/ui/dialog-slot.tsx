import { Component, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../api/problem.ts'
import { useIsConnected } from '../../lib/connection.ts'
import { showToast } from './toasts.tsx'

/** Where dialogs open whose code comes late. Without a connection the page stays as it is; the dialog opens once it is back. */
export function DialogSlot({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const isConnected = useIsConnected()
  return (
    <Catch key={String(isConnected)} onLost={() => showToast('failure', t('state.opensLater'))}>
      <Suspense>{children}</Suspense>
    </Catch>
  )
}

interface CatchProps {
  onLost: () => void
  children: ReactNode
}

class Catch extends Component<CatchProps, { error?: Error }> {
  override state: { error?: Error } = {}

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override componentDidCatch(error: unknown): void {
    if (isLost(error)) this.props.onLost()
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === undefined) return this.props.children
    if (!isLost(error)) throw error
    return null
  }
}

const isLost = (error: unknown) => error instanceof ApiProblem && error.status === 0
