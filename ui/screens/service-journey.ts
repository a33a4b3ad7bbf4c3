// The screens of the owner who reports and follows, fetched together.
import './judge-screens.ts';
import './message-screen.ts';
import './report-choice-screen.ts';
import './report-review-screen.ts';
import './request-filed-screen.ts';
import './request-screen.ts';
import './requests-screen.ts';
import './service-menu-screen.ts';
