#pragma once

void sb_text_menu_begin (void);
