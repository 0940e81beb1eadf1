import { Component, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../api/problem.ts'
import { useIsConnected } from '../../lib/connection.ts'
import { showToast } from './toasts.tsx'

/** Where dialogs open whose code is loaded on demand. Without a connection the page stays as it is; the dialog opens once it is back. */
export function DialogSlot({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const isConnected = useIsConnected()
  return (
    <ConnectionBoundary isConnected={isConnected} onLost={() => showToast('info', t('state.opensLater'))}>
      <Suspense>{children}</Suspense>
    </ConnectionBoundary>
  )
}

interface BoundaryProps {
  isConnected: boolean
  onLost: () => void
  children: ReactNode
}

interface BoundaryState {
  error: Error | undefined
}

/** Shows nothing instead of what could not be loaded for want of a connection. Any other error goes on to the page. */
class ConnectionBoundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { error: undefined }

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  /** Once the connection is there, it is tried again. */
  static getDerivedStateFromProps({ isConnected }: BoundaryProps, { error }: BoundaryState): BoundaryState {
    return { error: isConnected && isLost(error) ? undefined : error }
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
