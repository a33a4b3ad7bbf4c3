// The columns of the task board: how far one classified problem is.
import type { Words } from '../../contract/ids.ts';

/** `cancelled`: it was no task after all, or became part of another */
export const taskSteps = ['filed', 'assigned', 'working', 'done', 'cancelled'] as const;
export type TaskStep = (typeof taskSteps)[number];

const names: Readonly<Record<TaskStep, Words>> = {
  filed: { zh: '待接单', en: 'Waiting' },
  assigned: { zh: '已派工', en: 'Assigned' },
  working: { zh: '处理中', en: 'In progress' },
  done: { zh: '已完成', en: 'Done' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
};

export function taskStepName(step: string): Words {
  return names[step as TaskStep];
}

export function isClosedStep(step: TaskStep): boolean {
  return step === 'done' || step === 'cancelled';
}
