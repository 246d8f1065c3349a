"""A long history, written straight into the database of a Seedreel that has run once."""
import os
import sqlite3
import time
import unicodedata
import uuid

DAY = 24 * 3600 * 1_000_000
SUBJECTS = ('A paper boat crosses a puddle', 'Rain on a neon street', 'A glass dragonfly over a lake',
            'A lighthouse keeper reads by candlelight', 'Timelapse of lichen on a piano',
            'Thuyền giấy trôi trên vũng nước lúc bình minh', 'Đèn lồng trên phố cổ Hội An')
MODELS = ('seedance-2.0', 'seedance-2.0-fast', 'seedance-2.0-mini')
RATIOS = ('16:9', '9:16', '1:1')


def fold(text):
    """As the program folds what is looked for."""
    apart = unicodedata.normalize('NFKD', text.casefold())
    return ''.join(letter for letter in apart if not unicodedata.combining(letter)).replace('đ', 'd')


def insert(connection, table, rows):
    names = list(rows[0])
    connection.executemany(f'INSERT INTO {table} ({", ".join(names)}) VALUES ({", ".join("?" * len(names))})',
                           [tuple(row.values()) for row in rows])


def make_row(number, now, videos, per_day):
    at = now - number * DAY // per_day
    video = videos[number % len(videos)]
    return {
        'id': str(uuid.uuid4()), 'account_id': 'sandbox', 'model': MODELS[number % len(MODELS)],
        'prompt': f'{SUBJECTS[number % len(SUBJECTS)]}, take {number}', 'duration': 5,
        'aspect_ratio': RATIOS[number % len(RATIOS)], 'resolution': '720p', 'estimate': 500_000 + number % 1000,
        'credits_charged': '40', 'submission': 'accepted', 'request_id': f'req_{number}', 'status': 'succeeded',
        'http_status': 200, 'cancel_asked': 0, 'file_state': 'saved', 'file': video, 'file_size': os.path.getsize(video),
        'hidden': 0, 'favourite': int(number % 10 == 0), 'created_at': at, 'sent_at': at, 'accepted_at': at,
        'started_at': at, 'finished_at': at, 'saved_at': at,
    }


def make_index(row):
    return {
        'job_id': row['id'], 'created_at': row['created_at'], 'hidden': 0, 'favourite': row['favourite'],
        'state': 'ready', 'unfinished': 0, 'model': row['model'], 'aspect_ratio': row['aspect_ratio'],
        'estimate': row['estimate'], 'words': fold(f'{row["prompt"]} {row["model"]}'),
    }


def fill(database, count, *videos, per_day=10):
    """Adds `count` finished jobs of the last months, which share some video files."""
    now = int(time.time() * 1_000_000)
    connection = sqlite3.connect(database)
    rows = [make_row(number, now, videos, per_day) for number in reversed(range(count))]
    insert(connection, 'jobs', rows)
    insert(connection, 'job_index', [make_index(row) for row in rows])
    connection.commit()
    connection.close()
