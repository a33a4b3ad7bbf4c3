// The screens of joining, own data and staff, fetched together.
import './join-screen.ts';
import './profile-screen.ts';
import './staff-screen.ts';
