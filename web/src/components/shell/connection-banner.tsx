import { Group, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { probe } from '../../api/client.ts'
import { useIsConnected } from '../../lib/connection.ts'
import { Icon } from '../ui/icon.tsx'
import classes from './shell.module.css'

const probeMs = 3000

/** Says that the service does not answer, asks until it does, and then refreshes what failed meanwhile. */
export function ConnectionBanner() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const isConnected = useIsConnected()
  const wasLost = useRef(false)

  useEffect(() => {
    if (isConnected) {
      if (wasLost.current)
        void queries.refetchQueries({ predicate: ({ state }) => state.status === 'error', type: 'active' })
      wasLost.current = false
      return
    }
    wasLost.current = true
    const timer = setInterval(() => void probe(), probeMs)
    return () => clearInterval(timer)
  }, [isConnected, queries])

  // The browser knows at once; whether it is right is asked.
  useEffect(() => {
    const ask = () => void probe()
    window.addEventListener('offline', ask)
    window.addEventListener('online', ask)
    return () => {
      window.removeEventListener('offline', ask)
      window.removeEventListener('online', ask)
    }
  }, [])

  return (
    <div role="status">
      {!isConnected && (
        <Group className={classes.lost} justify="center" gap="xs">
          <Icon name="wifiOff" size={16} />
          <Text size="sm">{t('state.reconnecting')}</Text>
        </Group>
      )}
    </div>
  )
}
