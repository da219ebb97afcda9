import { findByRole, fireEvent, queryByRole, waitFor } from '@testing-library/dom';
import { expect, it, vi } from 'vitest';
import { render } from '../../test/render';
import { showToast, Toasts } from '.';

it('takes no room before the first news, then says it, with Undo where there is something to undo', async () => {
  const place = render(<Toasts />);
  const undo = vi.fn();
  const { body } = place.ownerDocument;

  expect(queryByRole(body, 'region')).toBeNull();
  showToast('Ventes is in the trash', undo);
  const news = await findByRole(body, 'alertdialog');
  expect(news.textContent).toContain('Ventes is in the trash');
  fireEvent.click(await findByRole(news, 'button', { name: 'Undo' }));
  expect(undo).toHaveBeenCalledOnce();
  await waitFor(() => expect(news.isConnected).toBe(false));
});
