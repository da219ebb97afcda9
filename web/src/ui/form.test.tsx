import { findByLabelText, findByRole, findByText, fireEvent, queryByRole, queryByText, waitFor } from '@testing-library/dom';
import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import { render } from '../../test/render';
import { ApiError } from '../api/errors';
import { Checkbox, Form, PasswordField, TextField } from '.';

const wrong = new ApiError('invalid', 400, '', { email: 'taken', token: 'too old' });

it('puts each reason next to its input, and the others under the form', async () => {
  const place = render(
    <Form submitLabel="Send" onSubmit={() => {}} error={null}>
      <TextField name="email" label="E-mail" />
    </Form>,
  );
  await findByLabelText(place, /E-mail/);
  const broken = render(
    <Form submitLabel="Send" onSubmit={() => {}} error={wrong}>
      <TextField name="email" label="E-mail" />
    </Form>,
  );

  const input = await findByLabelText(broken, /E-mail/);
  expect(queryByRole(place, 'alert')).toBeNull();
  await findByText(broken, 'taken');
  await waitFor(() => expect(input.getAttribute('aria-invalid')).toBe('true'));
  const reasons = input.getAttribute('aria-describedby')?.split(' ').map((id) => document.getElementById(id)?.textContent);
  expect(reasons).toContain('taken');
});

it('gives the values by name, and says yes or no for a box', async () => {
  const send = vi.fn();
  const place = render(
    <Form submitLabel="Send" onSubmit={send}>
      <TextField name="name" label="Name" defaultValue="Ada" />
      <Checkbox name="remember">Remember</Checkbox>
    </Form>,
  );

  fireEvent.click(await findByLabelText(place, 'Remember'));
  fireEvent.click(await findByRole(place, 'button', { name: 'Send' }));
  await waitFor(() => expect(send).toHaveBeenCalledWith({ name: 'Ada', remember: 'true' }));
});

it('sends nothing twice while it waits', async () => {
  const send = vi.fn();
  const place = render(
    <Form submitLabel="Send" onSubmit={send} isPending>
      <TextField name="name" label="Name" />
    </Form>,
  );

  await findByLabelText(place, /Name/);
  fireEvent.submit(place.querySelector('form') as HTMLFormElement);
  expect(send).not.toHaveBeenCalled();
});

it('shows and hides a password', async () => {
  const place = render(<PasswordField name="password" label="Password" isRequired />);
  const input = await findByLabelText(place, 'Password');

  expect(input.getAttribute('type')).toBe('password');
  fireEvent.click(await findByRole(place, 'button', { name: 'Show the password' }));
  await waitFor(() => expect(input.getAttribute('type')).toBe('text'));
  await findByRole(place, 'button', { name: 'Hide the password' });
});

it('lets one correct another field than the one that was marked', async () => {
  const send = vi.fn();
  const place = render(
    <Form submitLabel="Send" error={wrong} onSubmit={send}>
      <TextField name="email" label="E-mail" />
      <TextField name="host" label="Host" />
    </Form>,
  );
  const [email, host] = [(await findByLabelText(place, /E-mail/)) as HTMLInputElement, await findByLabelText(place, /Host/)];
  await waitFor(() => expect(email.validity.valid).toBe(false));

  fireEvent.input(host, { target: { value: 'db.example.org' } });
  await waitFor(() => expect(email.validity.valid).toBe(true));
  fireEvent.click(await findByRole(place, 'button', { name: 'Send' }));
  await waitFor(() => expect(send).toHaveBeenCalled());
});

it('lets one correct a refused answer and send it again', async () => {
  const send = vi.fn();
  function Page() {
    const [, setCount] = useState(0);

    return (
      <Form submitLabel="Send" error={wrong} onSubmit={send}>
        <TextField name="email" label="E-mail" onChange={() => setCount((count) => count + 1)} />
      </Form>
    );
  }
  const place = render(<Page />);
  const input = (await findByLabelText(place, /E-mail/)) as HTMLInputElement;
  await findByText(place, 'taken');

  fireEvent.input(input, { target: { value: 'free@example.fr' } });
  await waitFor(() => expect(queryByText(place, 'taken')).toBeNull());
  fireEvent.click(await findByRole(place, 'button', { name: 'Send' }));
  await waitFor(() => expect(send).toHaveBeenCalledOnce());
});

it('frees what was marked when a box is ticked', async () => {
  const place = render(
    <Form submitLabel="Send" error={wrong} onSubmit={() => {}}>
      <TextField name="email" label="E-mail" />
      <Checkbox name="secure">Secure</Checkbox>
    </Form>,
  );
  const email = (await findByLabelText(place, /E-mail/)) as HTMLInputElement;
  await waitFor(() => expect(email.validity.valid).toBe(false));

  fireEvent.click(await findByLabelText(place, 'Secure'));
  await waitFor(() => expect(email.validity.valid).toBe(true));
});
