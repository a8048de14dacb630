import { fireEvent, screen, waitFor } from '@testing-library/svelte'
import { expect, test, vi } from 'vitest'
import { loopback } from '../../core/testing/loopback.ts'
import { show } from '../testing/show.ts'
import SoundPlayer from './bodies/SoundPlayer.svelte'

test('a sound begins to play, can be stopped, jumped in and hurried', async () => {
  const played = vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue()
  const paused = vi.spyOn(HTMLMediaElement.prototype, 'pause').mockReturnValue()
  const props = { url: 'blob:x', blob: new Blob(), label: 'Sprachnachricht', durationMs: 14_000 }
  const { container } = show(SoundPlayer, props, loopback({}).wire)
  await waitFor(() => expect(played).toHaveBeenCalled())
  expect(screen.getByText('0:14')).toBeTruthy()

  const slider = screen.getByRole('slider', { name: 'Stelle in: Sprachnachricht' })
  await fireEvent.input(slider, { target: { value: '7' } })
  expect(slider.getAttribute('aria-valuetext')).toBe('0:07 von 0:14')

  const speed = screen.getByRole('button', { name: 'Geschwindigkeit 1-fach' })
  await fireEvent.click(speed)
  expect(speed.getAttribute('aria-label')).toBe('Geschwindigkeit 1,5-fach')
  expect(container.querySelector('audio')?.playbackRate).toBe(1.5)

  await fireEvent.click(screen.getByRole('button', { name: 'Anhalten: Sprachnachricht' }))
  expect(screen.getByRole('button', { name: 'Abspielen: Sprachnachricht' })).toBeTruthy()
  played.mockRestore()
  paused.mockRestore()
})
