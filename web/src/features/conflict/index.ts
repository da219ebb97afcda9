export { ConflictDialog, type Way } from './conflict-dialog';
export { useWho, whoEdited, type Who } from './who';
