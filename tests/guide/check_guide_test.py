#!/usr/bin/env python3
"""Tests of tools/check-guide: it finds an excerpt that is not in its file, and a task that is nowhere."""
import os
import subprocess
import sys
import tempfile
import unittest

TOOL = os.path.join(os.path.dirname(os.path.abspath(__file__)), '../../tools/check-guide')
TASKS = ' '.join(f'A{number}' for number in range(1, 69))
SOURCE = 'void Open() {\n  one();\n  two();\n  three();\n}\n'


class CheckGuide(unittest.TestCase):
    def run_tool(self, guide, tasks=TASKS):
        with tempfile.TemporaryDirectory() as root:
            os.makedirs(os.path.join(root, 'docs/write-a-resource'))
            with open(os.path.join(root, 'sample.cpp'), 'w', encoding='utf-8') as file:
                file.write(SOURCE)
            with open(os.path.join(root, 'docs/write-a-resource/a.md'), 'w', encoding='utf-8') as file:
                file.write(f'{tasks}\n{guide}\n')
            done = subprocess.run([sys.executable, TOOL, '--root', root], capture_output=True, text=True)
            return done.returncode, done.stdout

    def test_an_excerpt_that_is_there_passes(self):
        self.assertEqual(0, self.run_tool('```cpp sample.cpp Open\none();\ntwo();\n```')[0])

    def test_a_gap_is_allowed_where_it_is_marked(self):
        self.assertEqual(0, self.run_tool('```cpp sample.cpp Open\none();\n// …\nthree();\n```')[0])
        self.assertEqual(1, self.run_tool('```cpp sample.cpp Open\none();\nthree();\n```')[0])

    def test_another_order_or_line_fails(self):
        self.assertEqual(1, self.run_tool('```cpp sample.cpp Open\ntwo();\n// …\none();\n```')[0])
        self.assertIn('four', self.run_tool('```cpp sample.cpp Open\nfour();\n```')[1])

    def test_a_missing_file_or_function_fails(self):
        self.assertEqual(1, self.run_tool('```cpp other.cpp Open\none();\n```')[0])
        self.assertEqual(1, self.run_tool('```cpp sample.cpp Close\none();\n```')[0])

    def test_a_task_that_is_nowhere_fails(self):
        code, output = self.run_tool('```cpp sample.cpp Open\none();\n```', TASKS.replace('A17 ', ''))
        self.assertEqual(1, code)
        self.assertIn('A17', output)


if __name__ == '__main__':
    unittest.main()
