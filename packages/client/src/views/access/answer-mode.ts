/** What somebody does about a request. */
export type AnswerMode = 'approve' | 'refuse' | 'end' | 'review';
