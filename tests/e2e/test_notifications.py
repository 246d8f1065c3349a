"""What became of each job is told to the desktop while nobody looks: with its prompt and what happened to the money, once, with
ways to the video; and taken back when somebody looks. What comes from the desktop sends nothing."""
import sys
import threading

import services
import session
from background import Background
from desktop import activate_action
from session import wait


def test(s):
    b = Background(s)
    app = b.app
    with s.step('a failure is told with its prompt, and says whether it was charged'):
        b.make('A glass dragonfly')
        b.make('Rain on a neon street')
        b.close('Keep Working')
        b.ends['req_1'] = 'failed'
        record = b.told('The service could not make the video')
        assert record['body'].startswith('A glass dragonfly\n'), record
        assert 'The service said that it charged 40 credits.' in record['body'], record
        assert record['urgency'] == 1 and record['application'] == 'io.github.seedreel.Seedreel', record
    with s.step('the desktop opens the job that it is about, and then it is taken back'):
        activate_action('open-job', b.job('A glass dragonfly'))
        app.meet()
        app.reads('The service could not make the video')
        wait(lambda: b.desktop.told('close')[-1]['id'] == record['id'], 10, 'it to go')
    with s.step('a video that is ready can be shown in Files, and played'):
        b.make('A snail on a leaf')
        b.close('Keep Working')
        b.ends['req_2'] = 'succeeded'
        record = b.told('Your video is ready')
        assert record['body'].startswith('Rain on a neon street\n'), record
        assert list(record['actions'].values()) == ['', 'Play', 'Show in Files'], record
        activate_action('show-in-files', b.job('Rain on a neon street'))
        shown = wait(lambda: b.desktop.told('show'), 10, 'the file')
        assert [record['path'] for record in shown] == [app.videos()[-1]], (shown, app.videos())
        assert not app.find_window()
        b.desktop.invoke('Your video is ready', 'Play')
        app.meet()
        app.plays()
    with s.step('an outcome that is unknown is told urgently; the session is kept until then'):
        answer = threading.Event()
        b.service.accept = lambda number, body: answer.wait(60) and services.Answer('{"su', length=100)
        app.generate('A clock without hands')
        app.becomes('A clock without hands', 'Sending')
        wait(b.desktop.is_inhibited, 10, 'the session to be kept')
        b.close('Keep Working')
        answer.set()
        record = b.told('Outcome unknown')
        assert record['urgency'] == 2, record
        assert 'may have accepted it and charged you' in record['body'], record
        wait(lambda: not b.desktop.is_inhibited(), 10, 'the session to be free')
    with s.step('what was told stays when the session ends'):
        b.app.process.terminate()
        b.app.ended()
        assert 'Outcome unknown' in b.desktop.notifications()
        b.start()
        app = b.app
        app.becomes('A snail on a leaf', 'Generating')
        b.close('Keep Working')
    with s.step('what comes from outside fills the form, and sends nothing'):
        activate_action('generate', 'A whale above the clouds')
        app.meet()
        wait(lambda: app.find('text', 'Prompt').text() == 'A whale above the clouds', 10, 'the prompt')
        wait(lambda: app.focused().name == 'Generate', 10, 'the focus on Generate')
        assert len(b.service.posts()) == 4
    with s.step('each job was sent once'):
        assert len(b.service.posts()) == 4, [body for *_, body in b.service.posts()]


session.run(test, sys.argv[1])
