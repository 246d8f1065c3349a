"""A long history, written straight into the database of a Seedreel that has run once."""
import os
import sqlite3
import time
import uuid

DAY = 24 * 3600 * 1_000_000
SUBJECTS = ('A paper boat crosses a puddle', 'Rain on a neon street', 'A glass dragonfly over a lake',
            'A lighthouse keeper reads by candlelight', 'Timelapse of lichen on a piano')


def fill(database, count, video):
    """Adds `count` finished jobs of the last months, which share one video file."""
    now = int(time.time() * 1_000_000)
    connection = sqlite3.connect(database)
    columns = [row[1] for row in connection.execute('PRAGMA table_info(jobs)')]
    for number in range(count):
        at = now - number * DAY // 10
        values = {
            'id': str(uuid.uuid4()), 'account_id': 'sandbox', 'model': 'seedance-2.0',
            'prompt': f'{SUBJECTS[number % len(SUBJECTS)]}, take {number}', 'duration': 5, 'aspect_ratio': '16:9',
            'resolution': '720p', 'estimate': 500_000, 'credits_charged': '40', 'submission': 'accepted',
            'request_id': f'req_{number}', 'status': 'succeeded', 'http_status': 200, 'cancel_asked': 0,
            'file_state': 'saved', 'file': video, 'file_size': os.path.getsize(video), 'hidden': 0, 'created_at': at,
            'sent_at': at, 'accepted_at': at, 'started_at': at, 'finished_at': at, 'saved_at': at,
        }
        used = [name for name in columns if name in values]
        connection.execute(f'INSERT INTO jobs ({", ".join(used)}) VALUES ({", ".join("?" * len(used))})',
                           [values[name] for name in used])
    connection.commit()
    connection.close()
