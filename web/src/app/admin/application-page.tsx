import { Button } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import { DialogSlot } from '../../components/ui/dialog-slot.tsx'
import { Icon } from '../../components/ui/icon.tsx'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { Failed, Loading } from '../../components/ui/states.tsx'
import { ApplicationForm, DeleteApplicationDialog } from '../../features/applications/components/dialogs.ts'

const route = getRouteApi('/admin/applications/$applicationId')

/** One application: what it is, and whose. */
export function ApplicationPage() {
  const { t } = useTranslation('applications')
  const { applicationId } = route.useParams()
  const navigate = route.useNavigate()
  const [isDeleting, setIsDeleting] = useState(false)
  const {
    data: application,
    error,
    refetch,
  } = $api.useQuery('get', '/applications/{id}', { params: { path: { id: applicationId } } })
  return (
    <>
      <PageHeader
        back={{ href: '/admin/applications', label: t('back') }}
        title={application?.name ?? t('title')}
        actions={
          application && (
            <Button variant="default" leftSection={<Icon name="trash" size={16} />} onClick={() => setIsDeleting(true)}>
              {t('delete')}
            </Button>
          )
        }
      />
      {!application && (error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />)}
      {application && (
        <Suspense fallback={<Loading />}>
          <ApplicationForm key={application.id} application={application} />
        </Suspense>
      )}
      <DialogSlot>
        {isDeleting && application && (
          <DeleteApplicationDialog
            application={application}
            onDeleted={() => void navigate({ to: '/admin/applications', search: {} })}
            onClose={() => setIsDeleting(false)}
          />
        )}
      </DialogSlot>
    </>
  )
}
